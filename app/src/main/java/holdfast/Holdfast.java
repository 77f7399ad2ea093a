package holdfast;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application: every module, composed. */
@SpringBootApplication
public class Holdfast {

    public static void main(String[] arguments) {
        SpringApplication.run(Holdfast.class, arguments);
    }
}
