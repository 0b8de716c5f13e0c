package io.graphqlfiles.quarkus.deployment;

import io.quarkus.gizmo.Gizmo;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Type;

/** A class as it is, with {@link JsonbTypeAdapter} on it. */
final class AnnotatedClass extends ClassVisitor {

    private final String adapter;

    AnnotatedClass(ClassVisitor visitor, String adapter) {
        super(Gizmo.ASM_API_VERSION, visitor);
        this.adapter = adapter;
    }

    @Override
    public void visitEnd() {
        AnnotationVisitor annotation = visitAnnotation(Type.getDescriptor(JsonbTypeAdapter.class), true);
        annotation.visit("value", Type.getObjectType(adapter.replace('.', '/')));
        annotation.visitEnd();
        super.visitEnd();
    }
}
