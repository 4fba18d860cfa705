using System.Diagnostics;
using Sampan.Api;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Tracing;

/// <summary>The spans of reads from the cache and writes to the store. Upstream: storage/cacher and storage/etcd3.</summary>
internal static class StorageSpans
{
    private const string Root = "/registry";

    /// <summary>A write of one object.</summary>
    public static Activity? StartWrite(string step, ResourceCache cache, IObject obj) => StartOf(step)?
        .SetTag("key", KeyOf(cache, obj.Metadata.Namespace, obj.Metadata.Name))
        .SetTag("type", AnswerFormat.GoType(cache.Kind, cache.Kind.Kind))
        .SetTag("group", cache.Kind.Group)
        .SetTag("resource", cache.Kind.Plural);

    /// <summary>A read of one object, of a version that the client may have named.</summary>
    public static Activity? StartGet(ResourceCache cache, RequestInfo info, string version) => StartOf("cacher.Get")?
        .SetTag("key", KeyOf(cache, info.Namespace, info.Name))
        .SetTag("resource-version", version);

    /// <summary>A read of many objects.</summary>
    public static Activity? StartList(KindInfo kind) => StartOf("cacher.GetList")?.SetTag("type", $"{kind.GroupResource}");

    /// <summary>The storage does not know its request, but the span above does.</summary>
    private static Activity? StartOf(string step)
    {
        var span = Spans.Start(step);
        return span?.SetTag(Spans.AuditId, span.Parent?.GetTagItem(Spans.AuditId));
    }

    /// <summary>Where the store keeps all objects is left out.</summary>
    private static string KeyOf(ResourceCache cache, string? ns, string? name) => cache.KeyOf(ns ?? "", name ?? "")[Root.Length..];
}
