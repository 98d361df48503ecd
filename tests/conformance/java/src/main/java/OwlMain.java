import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.model.OWLOntologyLoaderConfiguration;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;

/**
 * OWLAPI as the judge of the ontology.
 *
 * <p>{@code OwlMain FILE} loads one file without following imports, writes one line
 * {@code axioms N}, and one line per violation of OWL 2 DL.
 */
public final class OwlMain {
  private OwlMain() {}

  public static void main(String[] arguments) throws Exception {
    var manager = OWLManager.createOWLOntologyManager();
    manager.setOntologyLoaderConfiguration(
        new OWLOntologyLoaderConfiguration()
            .setFollowRedirects(false)
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.THROW_EXCEPTION));
    var ontology = manager.loadOntologyFromOntologyDocument(new File(arguments[0]));
    System.out.println("axioms " + ontology.getAxiomCount());
    for (var violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
      System.out.println(violation);
    }
  }
}
