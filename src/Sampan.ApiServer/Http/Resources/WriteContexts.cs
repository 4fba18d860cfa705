using Sampan.Api;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Makes the context of a write from its request.</summary>
internal static class WriteContexts
{
    public static WriteContext Of(ApiRequest request, TimeProvider time) => new()
    {
        User = request.User,
        Info = request.Info,
        Time = time,
        DryRun = IsDryRun(request.Query["dryRun"].OfType<string>().ToList()),
        Warn = request.Warn,
        Cancelled = request.Cancelled,
    };

    public static bool IsDryRun(IReadOnlyList<string> values)
    {
        var given = values.Where(value => value.Length > 0).ToList();
        if (given.Any(value => value != "All"))
        {
            var errors = new FieldErrors();
            errors.NotSupported(FieldPath.Of("dryRun"), given, "All");
            throw StatusException.Invalid(new GroupKind("meta.k8s.io", "CreateOptions"), "", errors);
        }
        return given.Count > 0;
    }
}
