using Sampan.Api;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Who asks for a resource that is on its way out is told so, and it is counted that somebody did.</summary>
internal sealed class Deprecations(MetricRegistry metrics)
{
    private static readonly Dictionary<GroupKind, string> Texts = new()
    {
        [new GroupKind("", "ComponentStatus")] = "v1 ComponentStatus is deprecated in v1.19+",
        [new GroupKind("", "Endpoints")] = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
    };

    private readonly Gauge _requested = metrics.Gauge(
        "apiserver_requested_deprecated_apis", "Deprecated APIs that were asked for.", "group", "version", "resource", "subresource", "removed_release");

    public void Note(ApiRequest request, KindInfo kind)
    {
        if (Texts.GetValueOrDefault(kind.GroupKind) is not { } text)
        {
            return;
        }
        request.Warn(text);
        _requested.With(kind.Group, kind.Version, kind.Plural, request.Info.Subresource, "").Set(1);
    }
}
