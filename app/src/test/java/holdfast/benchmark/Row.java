package holdfast.benchmark;

import java.util.List;

/** Something that is measured under a name of its own. */
interface Row {

    /** By which it is asked for. */
    String name();

    /** For people. */
    String what();

    List<Figure> measure(Stage stage) throws Exception;
}
