using Sampan.Api;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>GET and LIST of objects that are not stored but found out.</summary>
internal static class ComputedVerbs
{
    public static async ValueTask InvokeAsync(
        ApiRequest request, ResourceDescriptor resource, Func<CancellationToken, ValueTask<IReadOnlyList<IObject>>> compute)
    {
        if (request.Info.Verb is not ("get" or "list"))
        {
            throw StatusException.MethodNotSupported(resource.Kind.GroupResource, request.Info.Verb);
        }
        var items = (await compute(request.Cancelled))
            .Select(item => CachedObject.Create(resource.Kind, 0, ObjectForms.Encode(item))).ToList();
        if (request.Info.Verb == "list")
        {
            await ListAnswer.WriteAsync(request, resource, new ListPage(items, 0));
            return;
        }
        var found = items.FirstOrDefault(item => item.Name == request.Info.Name)
            ?? throw StatusException.NotFound(resource.Kind.GroupResource, request.Info.Name);
        await ObjectAnswer.WriteAsync(request, resource, found);
    }
}
