package holdfast.postgres;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;

import java.nio.file.Path;

import javax.sql.DataSource;

@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new HonestTransactions(dataSource);
    }

    /**
     * The server of our own. The connection pool asks for its address, so Spring starts it before
     * the pool and stops it after it.
     */
    @Configuration(proxyBeanMethods = false)
    @Conditional(NobodyNamedAnother.class)
    static class Own {

        @Bean(destroyMethod = "close")
        OwnPostgres ownPostgres(@Value("${holdfast.home}") Path home) {
            return OwnPostgres.open(home.toAbsolutePath().normalize());
        }

        @Bean
        JdbcConnectionDetails ownPostgresAddress(OwnPostgres postgres) {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return postgres.user();
                }

                @Override
                public String getPassword() {
                    return postgres.password();
                }

                @Override
                public String getJdbcUrl() {
                    return postgres.url();
                }
            };
        }
    }

    static class NobodyNamedAnother implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !StringUtils.hasText(
                    context.getEnvironment().getProperty("spring.datasource.url"));
        }
    }
}
