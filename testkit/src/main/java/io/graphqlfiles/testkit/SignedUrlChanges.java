package io.graphqlfiles.testkit;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What somebody may do to a URL that was signed for something else. */
final class SignedUrlChanges {

    private SignedUrlChanges() {}

    /** Each parameter of the query altered, left out and repeated, and one more. */
    static List<URI> tampered(URI url) {
        List<URI> tampered = new ArrayList<>();
        List<String> parameters = parameters(url);
        for (int i = 0; i < parameters.size(); i++) {
            tampered.add(with(url, replaced(parameters, i, altered(parameters.get(i)))));
            List<String> without = new ArrayList<>(parameters);
            without.remove(i);
            tampered.add(with(url, without));
        }
        List<String> more = new ArrayList<>(parameters);
        more.add("more=1");
        tampered.add(with(url, more));
        return tampered;
    }

    /**
     * A URL with the path, or one parameter of the query, of another one of the same form, for each in which the two
     * differ. Neither may work: the signature of the one does not permit what the other does.
     */
    static List<URI> mixed(URI url, URI other) {
        List<URI> mixed = new ArrayList<>();
        if (!url.getRawPath().equals(other.getRawPath())) {
            mixed.add(URI.create(base(url) + other.getRawPath() + query(parameters(url))));
        }
        List<String> ours = parameters(url);
        for (String theirs : parameters(other)) {
            String name = theirs.substring(0, theirs.indexOf('=') + 1);
            for (int i = 0; i < ours.size(); i++) {
                if (ours.get(i).startsWith(name) && !ours.get(i).equals(theirs)) {
                    mixed.add(with(url, replaced(ours, i, theirs)));
                }
            }
        }
        return mixed;
    }

    private static List<String> parameters(URI url) {
        return Arrays.asList(Objects.requireNonNullElse(url.getRawQuery(), "").split("&"));
    }

    /** Another value of the same length and kind, so that it is the signature that must find it out. */
    private static String altered(String parameter) {
        int first = parameter.indexOf('=') + 1;
        if (first == 0 || first == parameter.length()) {
            return parameter + "1";
        }
        return parameter.substring(0, first) + other(parameter.charAt(first)) + parameter.substring(first + 1);
    }

    private static char other(char c) {
        if (Character.isDigit(c)) {
            return c == '1' ? '2' : '1';
        }
        if (Character.isLowerCase(c)) {
            return c == 'a' ? 'b' : 'a';
        }
        return c == 'A' ? 'B' : 'A';
    }

    private static List<String> replaced(List<String> parameters, int index, String parameter) {
        List<String> replaced = new ArrayList<>(parameters);
        replaced.set(index, parameter);
        return replaced;
    }

    private static URI with(URI url, List<String> parameters) {
        return URI.create(base(url) + url.getRawPath() + query(parameters));
    }

    private static String query(List<String> parameters) {
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    private static String base(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
