package holdfast.benchmark;

import java.util.List;
import java.util.concurrent.Callable;

/** Something that is measured under a name of its own. */
interface Row {

    /** By which it is asked for. */
    String name();

    /** For people. */
    String what();

    /**
     * @param stage set when it is first asked for, which takes a while
     */
    List<Figure> measure(Settings settings, Callable<Stage> stage) throws Exception;

    /** One that needs a city. */
    interface OnStage extends Row {

        List<Figure> measure(Stage stage) throws Exception;

        @Override
        default List<Figure> measure(Settings settings, Callable<Stage> stage) throws Exception {
            return measure(stage.call());
        }
    }
}
