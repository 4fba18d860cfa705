using System.Buffers;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.ApiDiscovery.V2;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Discovery;

/// <summary>All groups in one document (APIGroupDiscoveryList); v2 and v2beta1 differ in the name of the version only.</summary>
internal static class AggregatedDiscovery
{
    public static IReadOnlyList<APIGroupDiscovery> Items(IEnumerable<ServedGroup> groups) => groups.Select(Group).ToList();

    public static byte[] ToJson(IReadOnlyList<APIGroupDiscovery> items, string version)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonCodec.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "APIGroupDiscoveryList");
            writer.WriteString("apiVersion", $"apidiscovery.k8s.io/{version}");
            writer.WriteStartObject("metadata");
            writer.WriteEndObject();
            writer.WriteStartArray("items");
            foreach (var item in items)
                item.WriteJsonItem(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] ToProto(IReadOnlyList<APIGroupDiscovery> items, string version)
    {
        using var writer = new ProtoWriter();
        var mark = ProtoEnvelope.Begin(writer, $"apidiscovery.k8s.io/{version}", "APIGroupDiscoveryList");
        writer.WriteMessage(1, new ListMeta());
        foreach (var item in items)
            writer.WriteMessage(2, item);
        ProtoEnvelope.End(writer, mark);
        return writer.ToArray();
    }

    private static APIGroupDiscovery Group(ServedGroup group) => new()
    {
        Metadata = new ObjectMeta { Name = group.Name },
        Versions = group.Versions.Select(Version).ToList(),
    };

    private static APIVersionDiscovery Version(ServedVersion version) => new()
    {
        Version = version.Version,
        Freshness = "Current",
        Resources = version.Resources.Select(Resource).ToList(),
    };

    private static APIResourceDiscovery Resource(ServedResource resource) => new()
    {
        Resource = resource.Plural,
        ResponseKind = new KindReference { Kind = resource.Kind },
        Scope = resource.Namespaced ? "Namespaced" : "Cluster",
        SingularResource = resource.Singular,
        Verbs = [.. resource.Verbs],
        ShortNames = resource.ShortNames.Count == 0 ? null : [.. resource.ShortNames],
        Categories = resource.Categories.Count == 0 ? null : [.. resource.Categories],
        Subresources = resource.Subresources.Count == 0
            ? null
            : resource.Subresources.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => Subresource(resource, s)).ToList(),
    };

    private static APISubresourceDiscovery Subresource(ServedResource resource, SubresourceInfo subresource)
    {
        var isForeign = (subresource.Body.Group, subresource.Body.Version) != (resource.Group, resource.Version);
        return new APISubresourceDiscovery
        {
            Subresource = subresource.Name,
            ResponseKind = new KindReference
            {
                Group = isForeign ? subresource.Body.Group : "",
                Version = isForeign ? subresource.Body.Version : "",
                Kind = subresource.Body.Kind,
            },
            Verbs = [.. subresource.Verbs],
        };
    }
}
