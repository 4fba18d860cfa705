using Sampan.Api;

namespace Sampan.ApiServer.Tests.Printing;

internal static class KindOf
{
    public static KindInfo Info(this IObject value) => Kinds.Find(GroupVersionKind.FromApiVersion(value.ApiVersion, value.Kind))!;
}
