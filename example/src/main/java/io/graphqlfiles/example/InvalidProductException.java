package io.graphqlfiles.example;

/** A change to the catalogue that cannot be made; the message is for the client. */
final class InvalidProductException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidProductException(String message) {
        super(message);
    }
}
