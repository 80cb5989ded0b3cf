// Holds PDF files against PDF/A-3a and PDF/UA-1 with veraPDF's own engine and profiles.
//
// For each file and profile one line "ok" or "failed" with tabs between, then one line for each
// rule that was broken: clause and number, what it asks for, and the first place where it was.

import java.io.FileInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Verify {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (String profile : new String[] {"3a", "ua1"}) {
                hold(file, PDFAFlavour.byFlavourId(profile), profile);
            }
        }
    }

    private static void hold(String file, PDFAFlavour flavour, String profile) throws Exception {
        try (FileInputStream data = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(data, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> broken = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-"
                            + assertion.getRuleId().getTestNumber();
                    broken.putIfAbsent(rule, assertion.getMessage() + " at "
                            + assertion.getLocation().getContext());
                }
            }
            say(result.isCompliant() ? "ok" : "failed", profile, file);
            broken.forEach((rule, why) -> say("broken", rule, why));
        }
    }

    private static void say(String... parts) {
        StringBuilder line = new StringBuilder("verify");
        for (String part : parts) {
            line.append('\t').append(part.replaceAll("\\s+", " "));
        }
        System.out.println(line);
    }
}
