import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Triple;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.rio.Rio;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.helpers.NTriplesUtil;

/**
 * Apache Jena and Eclipse RDF4J (which OWLAPI brings) as readers of what we write.
 *
 * <p>{@code ParseMain jena|rdf4j FILE...} reads each file in the format that its ending names, and
 * writes what it read beside it as N-Quads of RDF 1.2, {@code FILE.jena} or {@code FILE.rdf4j}.
 */
public final class ParseMain {
  private ParseMain() {}

  public static void main(String[] arguments) throws Exception {
    for (int each = 1; each < arguments.length; each++) {
      Path told = Path.of(arguments[each] + "." + arguments[0]);
      if (arguments[0].equals("jena")) {
        jena(arguments[each], told);
      } else {
        rdf4j(Path.of(arguments[each]), told);
      }
    }
  }

  private static void jena(String file, Path told) throws IOException {
    try (OutputStream out = Files.newOutputStream(told)) {
      var lines = StreamRDFWriter.getWriterStream(out, Lang.NQUADS);
      RDFParser.source(file).parse(lines);
      lines.finish(); // which the reader of JSON-LD does not call
    }
  }

  private static void rdf4j(Path file, Path told) throws IOException {
    var format = Rio.getParserFormatForFileName(file.toString()).orElseThrow();
    try (InputStream in = Files.newInputStream(file);
        BufferedWriter out = Files.newBufferedWriter(told)) {
      var parser = Rio.createParser(format);
      parser.setRDFHandler(new Lines(out));
      parser.parse(in);
    }
  }

  private static final class Lines extends AbstractRDFHandler {
    private final Writer out;

    Lines(Writer out) {
      this.out = out;
    }

    @Override
    public void handleStatement(Statement told) {
      String graph = told.getContext() == null ? "" : term(told.getContext()) + " ";
      try {
        out.write(line(told.getSubject(), told.getPredicate(), told.getObject()) + graph + ".\n");
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }

    private static String line(Value subject, Value predicate, Value object) {
      return term(subject) + " " + term(predicate) + " " + term(object) + " ";
    }

    private static String term(Value value) {
      // The quoted triple of RDF-star is the triple term of RDF 1.2.
      return value instanceof Triple triple
          ? "<<( " + line(triple.getSubject(), triple.getPredicate(), triple.getObject()) + ")>>"
          : NTriplesUtil.toNTriplesString(value);
    }
  }
}
