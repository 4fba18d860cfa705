using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Serves what is below an object: parts, scale, actions and streams.</summary>
internal sealed class SubresourceVerbs(ResourceCatalog catalog, WriteVerbs writes, ScaleVerbs scales, RegistryWriter writer, TimeProvider time)
{
    public async ValueTask InvokeAsync(ApiRequest request, ResourceDescriptor resource)
    {
        if (!resource.Subresources.TryGetValue(request.Info.Subresource, out var subresource))
        {
            throw StatusException.GenericNotFound();
        }
        switch (subresource)
        {
            case PartSubresource part:
                await PartAsync(request, resource, part);
                break;
            case ScaleSubresource scale:
                await scales.InvokeAsync(request, resource, scale);
                break;
            case ActionSubresource action:
                await ActAsync(request, resource, action);
                break;
            case ConnectSubresource connect:
                await ConnectAsync(request, resource, connect);
                break;
        }
    }

    public async ValueTask ActAsync(ApiRequest request, ResourceDescriptor resource, ActionSubresource action)
    {
        if (request.Info.Verb != "create")
        {
            throw StatusException.GenericMethodNotAllowed();
        }
        if (request.Loopback is null)
        {
            // An answer that is no resource has no table: who accepts nothing else is told so before anything happens.
            AnswerFormat.Of(request.Http.Request, viewsAllowed: false);
        }
        var body = request.Loopback?.Body as IObject ?? (IObject)await BodyDecoder.ReadAsync(request, action.BodyKind);
        body = (IObject)action.BodyKind.Clone(body);
        Writing.CheckNamespace(body, request.Info.Namespace, resource.Kind);
        var context = WriteContexts.Of(request, time);
        var admission = new AdmissionRequest(context, resource, AdmissionOperation.Create, null, null) { Body = body };
        await writer.Admission.MutateAsync(admission);
        await writer.Admission.ValidateAsync(admission);
        var result = await action.RunAsync(context, request.Info.Name, body);
        await ObjectAnswer.WriteAsync(request, result.Body, result.StatusCode);
    }

    private async ValueTask PartAsync(ApiRequest request, ResourceDescriptor resource, PartSubresource part)
    {
        var storage = catalog.StorageOf(resource);
        switch (request.Info.Verb)
        {
            case "get":
                await GetParameters.AwaitFreshAsync(request, storage.Cache);
                await ObjectAnswer.WriteAsync(request, resource, storage.Get(request.Info.Namespace, request.Info.Name));
                break;
            case "update":
                await writes.UpdateAsync(request, resource, storage, part.Strategy);
                break;
            case "patch":
                await writes.PatchAsync(request, resource, storage, part.Strategy);
                break;
            default:
                throw StatusException.GenericMethodNotAllowed();
        }
    }

    private async ValueTask ConnectAsync(ApiRequest request, ResourceDescriptor resource, ConnectSubresource connect)
    {
        if (!connect.Methods.Contains(request.Http.Request.Method))
        {
            throw StatusException.GenericMethodNotAllowed();
        }
        var admission = new AdmissionRequest(WriteContexts.Of(request, time), resource, AdmissionOperation.Connect, null, null);
        await writer.Admission.ValidateAsync(admission);
        await connect.Handler.ConnectAsync(request, request.Cancelled);
    }
}
