using Sampan.Api;
using Sampan.Api.Autoscaling.V1;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>GET, PUT and PATCH of /scale: a view on spec.replicas.</summary>
internal sealed class ScaleVerbs(ResourceCatalog catalog, RegistryWriter writer, TimeProvider time)
{
    public async ValueTask InvokeAsync(ApiRequest request, ResourceDescriptor resource, ScaleSubresource scale)
    {
        var storage = catalog.StorageOf(resource);
        var answer = request.Info.Verb switch
        {
            "get" => await GetAsync(request, storage, scale),
            "update" => await UpdateAsync(request, resource, storage, scale, await GivenAsync(request)),
            "patch" => await PatchAsync(request, resource, storage, scale),
            _ => throw StatusException.MethodNotSupported(storage.Resource, request.Info.Verb),
        };
        await ObjectAnswer.WriteAsync(request, answer);
    }

    private static async ValueTask<Scale> GetAsync(ApiRequest request, ResourceStorage storage, ScaleSubresource scale)
    {
        await GetParameters.AwaitFreshAsync(request, storage.Cache);
        return scale.Strategy.ToScale(storage.Get(request.Info.Namespace, request.Info.Name).Object);
    }

    private async ValueTask<Scale> PatchAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, ScaleSubresource scale)
    {
        if (MediaTypes.Essence(request.Http.Request.ContentType) == MediaTypes.ApplyPatch)
        {
            return await ApplyAsync(request, resource, storage, scale);
        }
        var patch = await ObjectPatch.ReadAsync(request, Scale.Info);
        return await RunAsync(request, storage, resource, scale, Tracked(request), present => (Scale)patch.Apply(present, request.Warn), fromPresent: true);
    }

    /// <summary>The configuration is laid over the Scale with the managers that have a part in it; what comes of them is the object's.</summary>
    private async ValueTask<Scale> ApplyAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, ScaleSubresource scale)
    {
        var apply = await ApplyPatch.ReadAsync(request, Scale.Info);
        var context = WriteContexts.Of(request, time);
        return await RunAsync(request, storage, resource, scale, context, present => (Scale)apply.Run(present, context.Now), fromPresent: true);
    }

    private ValueTask<Scale> UpdateAsync(
        ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, ScaleSubresource scale, Scale given) =>
        RunAsync(request, storage, resource, scale, Tracked(request), _ => given);

    private WriteContext Tracked(ApiRequest request) => WriteContexts.Of(request, time) with { Owner = FieldOwners.Of(request) };

    private async ValueTask<Scale> RunAsync(
        ApiRequest request, ResourceStorage storage, ResourceDescriptor resource, ScaleSubresource scale, WriteContext context,
        Func<Scale, Scale> change, bool fromPresent = false)
    {
        var applies = context.Owner is null;
        var update = new UpdateRequest(request.Info.Name, resource.Strategy, current => new(Change(resource, scale, current!, change, applies)))
        {
            FromPresent = fromPresent,
        };
        var result = await writer.Update.RunAsync(resource, storage, context, update);
        return scale.Strategy.ToScale(result.Object.Object);
    }

    private static IObject Change(ResourceDescriptor resource, ScaleSubresource scale, IObject current, Func<Scale, Scale> change, bool applies)
    {
        var present = scale.Strategy.ToScale(current);
        present.Metadata.ManagedFields = applies ? ScaleFields.ToScale(current.Metadata.ManagedFields.OrEmpty()) : null;
        var wanted = change(present);
        if (wanted.Spec.Replicas < 0)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Of("spec").Child("replicas"), wanted.Spec.Replicas, "must be greater than or equal to 0");
            throw StatusException.Invalid(Scale.Info.GroupKind, current.Metadata.Name, errors);
        }
        var obj = (IObject)resource.Kind.Clone(current);
        obj.Metadata.ResourceVersion = wanted.Metadata.ResourceVersion;
        scale.Strategy.SetReplicas(obj, wanted.Spec.Replicas);
        if (applies)
        {
            obj.Metadata.ManagedFields = ScaleFields.ToParent(
                current.Metadata.ManagedFields.OrEmpty(), wanted.Metadata.ManagedFields.OrEmpty(), resource.Kind.ApiVersion);
        }
        return obj;
    }

    private static async ValueTask<Scale> GivenAsync(ApiRequest request)
    {
        var scale = request.Loopback?.Body as Scale ?? (Scale)await BodyDecoder.ReadAsync(request, Scale.Info);
        Writing.CheckName(scale, request.Info.Name);
        return scale;
    }
}
