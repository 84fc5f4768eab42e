import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Validates files as PDF/A-1b with PDFBox Preflight; one TAP line each. */
public class Preflight {
    public static void main(String[] names) throws Exception {
        System.out.println("1.." + names.length);
        for (int i = 0; i < names.length; i++) {
            ValidationResult result = validate(new File(names[i]));
            String shown = (i + 1) + " - PDF/A-1b " + new File(names[i]).getName();
            System.out.println((result.isValid() ? "ok " : "not ok ") + shown);
            for (ValidationResult.ValidationError error : result.getErrorsList()) {
                System.out.println("# " + error.getErrorCode() + " " + error.getDetails());
            }
        }
    }

    private static ValidationResult validate(File file) throws Exception {
        PreflightParser parser = new PreflightParser(file);
        try {
            parser.parse();
            try (PreflightDocument document = parser.getPreflightDocument()) {
                document.validate();
                return document.getResult();
            }
        } catch (SyntaxValidationException e) {
            return e.getResult();
        }
    }
}
