import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

/**
 * Apache Jena as a second engine.
 *
 * <p>{@code nquads DATA} writes the data as N-Quads; {@code select QUERY union|default DATA}
 * writes the rows as SPARQL results JSON, with the default graph as the union of all graphs or not.
 */
public final class JenaMain {
  private JenaMain() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("nquads")) {
      RDFDataMgr.write(System.out, RDFDataMgr.loadDataset(arguments[1]), Lang.NQUADS);
      return;
    }
    String query = Files.readString(Path.of(arguments[1]));
    var dataset = RDFDataMgr.loadDataset(arguments[3]);
    var asked = arguments[2].equals("union") ? DatasetFactory.wrap(dataset.getUnionModel()) : dataset;
    try (QueryExecution execution = QueryExecutionFactory.create(query, asked)) {
      ResultSetFormatter.outputAsJSON(System.out, execution.execSelect());
    }
  }
}
