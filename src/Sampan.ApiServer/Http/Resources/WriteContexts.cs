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
        DryRun = WriteOptions.DryRun(request).Count > 0,
        Warn = request.Warn,
        Annotate = request.Annotate,
        AuthorizeAsync = request.AuthorizeAsync,
        Cancelled = request.Cancelled,
    };
}
