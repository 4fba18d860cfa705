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
            throw StatusException.GenericMethodNotAllowed();
        }
        var items = await compute(request.Cancelled);
        if (request.Info.Verb == "list")
        {
            var filter = Filters.Of(request.Info, resource, ListParameters.Parse(request));
            await ListAnswer.WriteAsync(request, resource, new ListPage([.. items.Select(Served).Where(item => filter.Matches(item, SelectableFields.None))], 0));
            return;
        }
        var found = items.FirstOrDefault(item => item.Metadata.Name == request.Info.Name && item.Metadata.Namespace == request.Info.Namespace)
            ?? throw StatusException.NotFound(resource.Kind.GroupResource, request.Info.Name);
        await ObjectAnswer.WriteAsync(request, resource, Served(found));

        CachedObject Served(IObject item) => CachedObject.Create(resource.Kind, 0, ObjectForms.Encode(item));
    }
}
