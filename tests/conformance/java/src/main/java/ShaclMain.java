import java.nio.file.Path;
import java.util.Arrays;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.sparql.graph.GraphFactory;

/**
 * Apache Jena as a second opinion on the shapes.
 *
 * <p>{@code ShaclMain SHAPES TREE DATA...} checks each DATA file by itself, the union of its graphs
 * with the triples of TREE, and writes a line for each result: the file, the focus node, the shape
 * and the component ({@code MinCount}), with tabs between.
 */
public final class ShaclMain {
  private ShaclMain() {}

  public static void main(String[] arguments) {
    Shapes shapes = Shapes.parse(RDFDataMgr.loadGraph(arguments[0]));
    Graph tree = RDFDataMgr.loadGraph(arguments[1]);
    for (String data : Arrays.copyOfRange(arguments, 2, arguments.length)) {
      // Jena has no locking to do and no copies to find when everything stands in one small graph.
      Graph merged = GraphFactory.createDefaultGraph();
      tree.find().forEachRemaining(merged::add);
      RDFDataMgr.loadDatasetGraph(Path.of(data).toUri().toString())
          .find()
          .forEachRemaining(quad -> merged.add(quad.asTriple()));
      for (var result : ShaclValidator.get().validate(shapes, merged).getEntries()) {
        String component = result.sourceConstraintComponent().getLocalName();
        System.out.println(
            String.join(
                "\t",
                data,
                plain(result.focusNode()),
                plain(result.source()),
                component.replace("ConstraintComponent", "")));
      }
    }
  }

  private static String plain(Node node) {
    return node.isBlank() ? "_:" + node.getBlankNodeLabel() : node.isURI() ? node.getURI() : node.getLiteralLexicalForm();
  }
}
