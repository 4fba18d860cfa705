using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Builds the Table that kubectl get prints.</summary>
internal static class TableAnswer
{
    public static byte[] Build(
        ApiRequest request, ResourceDescriptor resource, IReadOnlyList<CachedObject> items, ListMeta meta, bool withColumns = true) =>
        throw new InvalidOperationException(resource.Kind.Kind);
}
