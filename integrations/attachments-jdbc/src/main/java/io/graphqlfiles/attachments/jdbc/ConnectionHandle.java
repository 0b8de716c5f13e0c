package io.graphqlfiles.attachments.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection whose transaction is somebody else's to end. */
final class ConnectionHandle implements InvocationHandler {

    private static final Set<String> FORBIDDEN = Set.of("commit", "setAutoCommit", "abort");

    private final Connection connection;
    private boolean closed;

    private ConnectionHandle(Connection connection) {
        this.connection = connection;
    }

    static Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                ConnectionHandle.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new ConnectionHandle(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        boolean withoutArguments = arguments == null;
        if (withoutArguments && name.equals("close")) {
            closed = true;
            return null;
        }
        if (withoutArguments && name.equals("isClosed")) {
            return closed || connection.isClosed();
        }
        if (name.equals("equals")) {
            return arguments != null && arguments[0] == proxy;
        }
        if (method.getDeclaringClass() != Object.class && closed) {
            throw new SQLException("this connection is closed", "08003");
        }
        if (FORBIDDEN.contains(name) || (withoutArguments && name.equals("rollback"))) {
            throw new SQLException(name + ": the unit of work ends its transaction", "25000");
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
