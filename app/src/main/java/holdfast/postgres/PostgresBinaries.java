package holdfast.postgres;

import holdfast.catalogue.ContentDigest;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The programs of one PostgreSQL version, unpacked from the class path into a folder that carries
 * the archive's digest: another version gets another folder, and an unpacked one is used again.
 */
record PostgresBinaries(Path folder) {

    /** Unpacks into {@code home} unless that was done before. */
    static PostgresBinaries in(Path home) throws IOException {
        byte[] archive;
        try (InputStream packed =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        system(), System.getProperty("os.arch"))) {
            archive = packed.readAllBytes();
        }
        Path folder = home.resolve("postgresql-" + digest(archive));
        if (Files.isDirectory(folder)) {
            return new PostgresBinaries(folder);
        }
        // Unpacked aside and renamed, so that a folder with that name is always whole.
        Path aside = Files.createTempDirectory(home, "unpacking-");
        try {
            unpack(archive, aside);
            moveWhole(aside, folder);
        } finally {
            FileSystemUtils.deleteRecursively(aside);
        }
        removeOthers(home, folder);
        return new PostgresBinaries(folder);
    }

    /**
     * A command line of one of the programs. PostgreSQL refuses to run as root, so root runs it in
     * a user namespace of its own, in which it is nobody.
     */
    List<String> command(String program, String... arguments) {
        List<String> line = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            line.addAll(List.of("unshare", "-U"));
        }
        line.add(folder.resolve("bin").resolve(program).toString());
        line.addAll(List.of(arguments));
        return line;
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "Windows";
        }
        return name.startsWith("mac") ? "Darwin" : "Linux";
    }

    private static String digest(byte[] archive) {
        return HexFormat.of().formatHex(ContentDigest.of(archive), 0, 6);
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        boolean posix = Files.getFileAttributeView(target, PosixFileAttributeView.class) != null;
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("An archive entry leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(file, target.resolve(entry.getLinkName()));
                } else {
                    Files.copy(entries, file);
                    if (posix && (entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(
                                file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static void moveWhole(Path aside, Path folder) throws IOException {
        try {
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
            throw new IOException("Cannot rename " + aside + " to " + folder, e);
        }
    }

    /** Versions that were left behind, and what a crash while unpacking left. */
    private static void removeOthers(Path home, Path current) throws IOException {
        try (Stream<Path> children = Files.list(home)) {
            children.filter(child -> !child.equals(current))
                    .filter(
                            child -> {
                                String name = child.getFileName().toString();
                                return name.startsWith("postgresql-")
                                        || name.startsWith("unpacking-");
                            })
                    .forEach(
                            child -> {
                                try {
                                    FileSystemUtils.deleteRecursively(child);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
