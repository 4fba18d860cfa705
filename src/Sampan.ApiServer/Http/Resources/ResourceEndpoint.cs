using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Serves every resource request: finds the descriptor and runs the verb on it.</summary>
internal sealed class ResourceEndpoint(
    ResourceCatalog catalog, WriteVerbs writes, WatchVerb watch, SubresourceVerbs subresources)
{
    public async Task InvokeAsync(ApiRequest request)
    {
        var info = request.Info;
        if (catalog.Find(info.ApiGroup, info.ApiVersion, info.Resource) is not { } resource || IsMisplaced(info, resource))
        {
            await PlainText.NotFoundAsync(request.Http);
            return;
        }
        if (!resource.Kind.Namespaced)
        {
            // A Namespace is authorized in itself, but it is stored in none.
            request.Info = info with { Namespace = "" };
        }
        WriteOptions.Check(request);
        if (info.Subresource.Length > 0)
        {
            await subresources.InvokeAsync(request, resource);
            return;
        }
        if (resource.Review is { } review)
        {
            await subresources.ActAsync(request, resource, review);
            return;
        }
        if (resource.Computed is { } compute)
        {
            await ComputedVerbs.InvokeAsync(request, resource, compute);
            return;
        }
        await InvokeAsync(request, resource, catalog.StorageOf(resource));
    }

    private async ValueTask InvokeAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        if (!resource.Kind.Verbs.Contains(request.Info.Verb) && request.Info.Verb is not "head")
        {
            throw StatusException.MethodNotSupported(storage.Resource, request.Info.Verb);
        }
        switch (request.Info.Verb)
        {
            case "get":
                await GetAsync(request, resource, storage);
                break;
            case "list":
                await ListAnswer.WriteAsync(request, resource, await ListVerb.RunAsync(request, resource, storage));
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
                throw StatusException.MethodNotSupported(storage.Resource, request.Info.Verb);
        }
    }

    private static async ValueTask GetAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        await storage.Cache.ConsistentSnapshotAsync(request.Cancelled);
        await ObjectAnswer.WriteAsync(request, resource, storage.Get(request.Info.Namespace, request.Info.Name));
    }

    /// <summary>A namespaced object needs its namespace in the path; a cluster-scoped one must not have one.</summary>
    private static bool IsMisplaced(RequestInfo info, ResourceDescriptor resource)
    {
        var named = info.Namespace.Length > 0 && resource.Kind.Plural != "namespaces";
        if (!resource.Kind.Namespaced)
        {
            return named;
        }
        return !named && (info.Name.Length > 0 || info.Verb is "create") && info.Verb is not ("list" or "watch");
    }
}
