package io.graphqlfiles.quarkus;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthorizationController;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.quarkus.security.spi.runtime.MethodDescription;
import io.quarkus.security.spi.runtime.SecurityCheck;
import io.quarkus.security.spi.runtime.SecurityCheckStorage;
import io.quarkus.security.spi.runtime.SecurityEventHelper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.graphql.execution.datafetcher.helper.OperationInvoker;
import io.smallrye.graphql.schema.model.Operation;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * What Quarkus Security's interceptors ask of who calls a method, asked before there are arguments. They ask again when
 * it is called; here a rule can but refuse. Thread-safe.
 */
final class MethodRule {

    private static final Object[] NO_ARGUMENTS = {};

    private final Method method;
    private final SecurityCheck check;

    private MethodRule(Method method, SecurityCheck check) {
        this.method = method;
        this.check = check;
    }

    /** The rule on a method; null if there is none, or none that can be asked without arguments. */
    static @Nullable MethodRule of(Operation operation, SecurityCheckStorage rules) {
        Method method = new OperationInvoker(operation).getMethod();
        SecurityCheck check = rules.getSecurityCheck(method);
        return check == null || check.isPermitAll() || check.requiresMethodArguments()
                ? null
                : new MethodRule(method, check);
    }

    /**
     * Asks in the context of the request. Does not block.
     *
     * @return fails as the method would if the rule refuses, and if nobody knows who asks
     */
    Uni<Void> ask() {
        ArcContainer container = Arc.container();
        AuthorizationController controller =
                container.instance(AuthorizationController.class).get();
        if (controller != null && !controller.isAuthorizationEnabled()) {
            return Uni.createFrom().voidItem();
        }
        return container
                .instance(CurrentIdentityAssociation.class)
                .get()
                .getDeferredIdentity()
                .chain(identity -> askFor(identity));
    }

    private Uni<Void> askFor(SecurityIdentity identity) {
        return check.nonBlockingApply(identity, method, NO_ARGUMENTS)
                .onFailure()
                .invoke(refusal -> report(identity, refusal))
                .replaceWithVoid();
    }

    /** A permission is reported by Quarkus, when the method is called. */
    private void report(SecurityIdentity identity, Throwable refusal) {
        BeanManager beans = Arc.container().beanManager();
        boolean isEnabled = ConfigProvider.getConfig()
                .getOptionalValue("quarkus.security.events.enabled", Boolean.class)
                .orElse(true);
        if (SecurityEventHelper.isEventObserved(SecurityEventHelper.AUTHORIZATION_FAILURE, beans, isEnabled)) {
            SecurityEventHelper.fire(
                    beans.getEvent().select(AuthorizationFailureEvent.class),
                    new AuthorizationFailureEvent(
                            identity,
                            refusal,
                            check.getClass().getName(),
                            properties(),
                            MethodDescription.ofMethod(method)));
        }
    }

    private static Map<String, Object> properties() {
        RoutingContext exchange = Arc.container().requestContext().isActive()
                ? Arc.container().instance(CurrentVertxRequest.class).get().getCurrent()
                : null;
        return exchange == null ? Map.of() : Map.of(RoutingContext.class.getName(), exchange);
    }
}
