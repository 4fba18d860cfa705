using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.Cluster.Images;

/// <summary>
/// Writes an OCI image layout as one tar archive, the form that `ctr images import` reads:
/// <code>
/// oci-layout            the layout's version
/// index.json            one manifest, annotated with the image's name
/// blobs/sha256/…        manifest, configuration, layers
/// </code>
/// </summary>
internal static class OciArchive
{
    private const string MediaType = "application/vnd.oci.image.";

    /// <param name="archive">Where the archive is written.</param>
    /// <param name="name">The full name, e.g. <c>example.org/app:1</c>.</param>
    /// <param name="architecture">As Go names it: amd64, arm64.</param>
    /// <param name="settings">The image's <c>config</c> object: Entrypoint, Env, …</param>
    /// <param name="layers">Uncompressed tar archives, lowest first.</param>
    public static void Write(Stream archive, string name, string architecture, JsonObject settings, params byte[][] layers)
    {
        using var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true);
        var configuration = AddBlob(tar, "config.v1+json", JsonTree.Encode(new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["config"] = settings,
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layers.Select(l => (JsonNode)Digest(l))]) },
        }));
        var manifest = AddBlob(tar, "manifest.v1+json", JsonTree.Encode(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType + "manifest.v1+json",
            ["config"] = configuration,
            ["layers"] = new JsonArray([.. layers.Select(layer => AddBlob(tar, "layer.v1.tar", layer))]),
        }));
        manifest["annotations"] = new JsonObject { ["io.containerd.image.name"] = name };
        manifest["platform"] = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" };
        AddFile(tar, "index.json", JsonTree.Encode(new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(manifest) }));
        AddFile(tar, "oci-layout", JsonTree.Encode(new JsonObject { ["imageLayoutVersion"] = "1.0.0" }));
    }

    private static JsonObject AddBlob(TarWriter tar, string type, byte[] content)
    {
        var digest = Digest(content);
        AddFile(tar, "blobs/" + digest.Replace(':', '/'), content);
        return new JsonObject { ["mediaType"] = MediaType + type, ["digest"] = digest, ["size"] = content.Length };
    }

    private static void AddFile(TarWriter tar, string path, byte[] content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path)
        {
            DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch,
        });

    private static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
