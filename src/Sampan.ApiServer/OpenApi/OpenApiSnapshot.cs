using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Discovery;

namespace Sampan.ApiServer.OpenApi;

/// <summary>
/// All OpenAPI documents for one set of resources: one of Swagger 2.0, and for 3.0 one for each group and version.
/// Their hashes follow from this build and the names of the resources, so that an index costs no document.
/// </summary>
internal sealed class OpenApiSnapshot
{
    private static readonly string Build = typeof(OpenApiSnapshot).Module.ModuleVersionId.ToString("N");

    private readonly SortedDictionary<string, OpenApiDocument> _documents = new(StringComparer.Ordinal);

    public OpenApiSnapshot(IEnumerable<ServedResource> resources)
    {
        var groups = ServedGroup.Of(resources);
        V2 = new OpenApiDocument(HashOf("v2", groups.SelectMany(g => g.Versions)), OpenApiFlavor.V2, () => Everything(groups));
        AddRoot("api", "/api/", "getCoreAPIVersions", "core", SchemaNames.ApiVersions);
        AddRoot("apis", "/apis/", "getAPIVersions", "apis", SchemaNames.ApiGroupList);
        foreach (var group in groups)
        {
            if (group.Name.Length > 0)
                Add($"apis/{group.Name}", HashOf(group.Name, group.Versions), content => content.AddGroup(group.Name));
            foreach (var version in group.Versions)
            {
                Add(
                    ResourcePaths.PathOf(group.Name, version.Version)[1..], HashOf(version.ApiVersion, [version]),
                    content => content.AddVersion(group.Name, version.Version, version.Resources));
            }
        }

        foreach (var (name, path) in PlainPaths.All)
            Add(name, HashOf(name, []), content => content.Add(path));
        Index = WriteIndex();
    }

    /// <summary>The Swagger 2.0 document of the whole server.</summary>
    public OpenApiDocument V2 { get; }

    /// <summary>The list of the 3.0 documents with their hashes.</summary>
    public byte[] Index { get; }

    /// <summary>A 3.0 document by its path, such as <c>apis/apps/v1</c>.</summary>
    public OpenApiDocument? Find(string path) => _documents.GetValueOrDefault(path);

    private static DocumentContent Everything(IReadOnlyList<ServedGroup> groups)
    {
        var content = new DocumentContent();
        content.AddDiscovery("/api/", "get", "getCoreAPIVersions", "core", SchemaNames.ApiVersions, "get available API versions");
        content.AddDiscovery("/apis/", "get", "getAPIVersions", "apis", SchemaNames.ApiGroupList, "get available API versions");
        foreach (var group in groups)
        {
            if (group.Name.Length > 0)
                content.AddGroup(group.Name);
            foreach (var version in group.Versions)
                content.AddVersion(group.Name, version.Version, version.Resources);
        }

        foreach (var (_, path) in PlainPaths.All)
            content.Add(path);
        return content;
    }

    private void AddRoot(string name, string path, string id, string tag, string answer) => Add(
        name, HashOf(name, []), content => content.AddDiscovery(path, "get", id, tag, answer, "get available API versions"));

    private void Add(string path, string hash, Action<DocumentContent> fill) =>
        _documents[path] = new OpenApiDocument(hash, OpenApiFlavor.V3, () =>
        {
            var content = new DocumentContent();
            fill(content);
            return content;
        });

    private static string HashOf(string name, IEnumerable<ServedVersion> versions)
    {
        var text = new StringBuilder(Build).Append(name);
        foreach (var resource in versions.SelectMany(v => v.Resources))
            text.Append('\n').Append(resource.ApiVersion).Append('/').Append(resource.Plural).Append(' ').Append(resource.StorageVersionHash);
        return Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private byte[] WriteIndex()
    {
        var paths = new JsonObject();
        foreach (var (path, document) in _documents)
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={document.Hash}" };
        return JsonTree.Encode(new JsonObject { ["paths"] = paths });
    }
}
