package holdfast.customer;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerEvent.CustomerErased;
import holdfast.customer.CustomerEvent.CustomerRegistered;

import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

class CustomerTest {

    private final TenantId tenant = TenantId.of("testville");
    private final CustomerId customer = new CustomerId(UUID.randomUUID());
    private final List<CustomerId> forgotten = new ArrayList<>();
    private final Erasure erasure = (where, who) -> forgotten.add(who);

    private AggregateTestFixture<Customer> customers;

    @BeforeEach
    void setUp() {
        customers = new AggregateTestFixture<>(Customer.class);
        customers.registerInjectableResource(erasure);
    }

    @Test
    void a_registered_customer_can_be_erased() {
        customers
                .given(new CustomerRegistered(tenant, customer))
                .when(new EraseCustomer(tenant, customer))
                .expectEvents(new CustomerErased(tenant, customer));
        assertThat(forgotten).containsExactly(customer);
    }

    @Test
    void to_erase_twice_is_to_erase() {
        customers
                .given(
                        new CustomerRegistered(tenant, customer),
                        new CustomerErased(tenant, customer))
                .when(new EraseCustomer(tenant, customer))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void another_tenant_erases_nobody() {
        customers
                .given(new CustomerRegistered(tenant, customer))
                .when(new EraseCustomer(TenantId.of("elsewhere"), customer))
                .expectException(Refused.class)
                .expectNoEvents();
        assertThat(forgotten).isEmpty();
    }
}
