using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Serves every resource request: finds the descriptor and runs the verb on it.</summary>
internal sealed class ResourceEndpoint(
    ResourceCatalog catalog, WriteVerbs writes, WatchVerb watch, SubresourceVerbs subresources, Deprecations deprecations)
{
    public async Task InvokeAsync(ApiRequest request)
    {
        var info = request.Info;
        if (catalog.Find(info.ApiGroup, info.ApiVersion, info.Resource) is not { } resource)
        {
            await NotFoundAsync(request);
            return;
        }
        CheckPlace(info, resource);
        if (!resource.Kind.Namespaced)
        {
            // A Namespace is authorized in itself, but it is stored in none.
            request.Info = info with { Namespace = "" };
        }
        using var span = RequestSpans.StartVerb(request);
        if (Takes(resource, info))
        {
            WriteOptions.Check(request);
        }
        deprecations.Note(request, resource.Kind);
        await InvokeAsync(request, resource);
        if (span is not null)
        {
            Spans.Event("Writing http response done");
        }
    }

    private ValueTask InvokeAsync(ApiRequest request, ResourceDescriptor resource) => resource switch
    {
        _ when request.Info.Subresource.Length > 0 => subresources.InvokeAsync(request, resource),
        { Review: { } review } => subresources.ActAsync(request, resource, review),
        { Computed: { } compute } => ComputedVerbs.InvokeAsync(request, resource, compute),
        _ => InvokeAsync(request, resource, catalog.StorageOf(resource)),
    };

    private async ValueTask InvokeAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        var verb = request.Info.Verb;
        if (!resource.Kind.Verbs.Contains(verb))
        {
            // A watch is a list with a parameter: its path is there.
            throw verb == "watch" ? StatusException.MethodNotSupported(storage.Resource, verb) : StatusException.GenericMethodNotAllowed();
        }
        switch (verb)
        {
            case "get":
                await GetAsync(request, resource, storage);
                break;
            case "list":
                await ListAsync(request, resource, storage);
                break;
            case "watch":
                await watch.RunAsync(request, resource, storage);
                break;
            case "create":
                await writes.CreateAsync(request, resource, storage);
                break;
            case "update":
                await writes.UpdateAsync(request, resource, storage, resource.Strategy);
                break;
            case "patch":
                await writes.PatchAsync(request, resource, storage, resource.Strategy);
                break;
            case "delete":
                await writes.DeleteAsync(request, resource, storage);
                break;
            case "deletecollection":
                await writes.DeleteCollectionAsync(request, resource, storage);
                break;
            default:
                throw StatusException.GenericMethodNotAllowed();
        }
    }

    private static async ValueTask GetAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        await GetParameters.AwaitFreshAsync(request, storage.Cache);
        await ObjectAnswer.WriteAsync(request, resource, storage.Get(request.Info.Namespace, request.Info.Name));
    }

    private static async ValueTask ListAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        Spans.Event("About to List from storage");
        var page = await ListVerb.RunAsync(request, resource, storage);
        Spans.Event("Listing from storage done");
        await ListAnswer.WriteAsync(request, resource, page);
    }

    /// <summary>Who uses a method that there is not is told so, whatever is wrong with the options.</summary>
    private static bool Takes(ResourceDescriptor resource, RequestInfo info) => info.Subresource.Length == 0
        ? resource.Kind.Verbs.Contains(info.Verb)
        : resource.Subresources.GetValueOrDefault(info.Subresource) is { } part && (part is not ActionSubresource || info.Verb == "create");

    /// <summary>A group that is not served at all has no path; in one that is served, something else is looked for.</summary>
    private async ValueTask NotFoundAsync(ApiRequest request)
    {
        if (catalog.All.Any(resource => resource.Kind.Group == request.Info.ApiGroup))
        {
            throw StatusException.GenericNotFound();
        }
        await PlainText.NotFoundAsync(request.Http);
    }

    /// <summary>
    /// A namespaced object needs its namespace in the path, of all namespaces there are lists only; a cluster-scoped object must not have
    /// one. Objects are created in their collection and written by their name.
    /// </summary>
    private static void CheckPlace(RequestInfo info, ResourceDescriptor resource)
    {
        var named = info.Namespace.Length > 0 && resource.Kind.Plural != "namespaces";
        var isCollection = info.Parts.Count == 1;
        if (resource.Kind.Namespaced ? !named && !isCollection : named)
        {
            throw StatusException.GenericNotFound();
        }
        if (isCollection
            ? info.Verb is "update" or "patch" || (resource.Kind.Namespaced && !named && info.Verb is not ("list" or "watch"))
            : info.Parts.Count == 2 && info.Verb == "create")
        {
            throw StatusException.GenericMethodNotAllowed();
        }
    }
}
