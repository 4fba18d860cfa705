using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Create, update, patch and delete of objects and their parts.</summary>
internal sealed class WriteVerbs(RegistryWriter writer, TimeProvider time)
{
    private const string Storing = "About to store object in database", Written = "Write to database call succeeded";
    private const string Applying = "About to apply patch";

    public async ValueTask CreateAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        var obj = await ObjectAsync(request, resource.Kind);
        var context = Tracked(request);
        Writing.CheckNamespace(obj, request.Info.Namespace, resource.Kind);
        Spans.Event(Storing);
        var created = await writer.Creation.RunAsync(resource, storage, context, obj);
        Spans.Event(Written);
        await ObjectAnswer.WriteAsync(request, resource, created, StatusCodes.Status201Created);
    }

    public async ValueTask UpdateAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, UpdateStrategy strategy)
    {
        var obj = await ObjectAsync(request, resource.Kind);
        Writing.CheckName(obj, request.Info.Name);
        Writing.CheckNamespace(obj, request.Info.Namespace, resource.Kind);
        var update = new UpdateRequest(request.Info.Name, strategy, _ => new((IObject)resource.Kind.Clone(obj)))
        {
            MayCreate = strategy == resource.Strategy,
        };
        Spans.Event(Storing);
        await RunAsync(request, resource, storage, update, Tracked(request));
    }

    public async ValueTask PatchAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, UpdateStrategy strategy)
    {
        if (MediaTypes.Essence(request.Http.Request.ContentType) == MediaTypes.ApplyPatch)
        {
            await ApplyAsync(request, resource, storage, strategy);
            return;
        }
        var patch = await ObjectPatch.ReadAsync(request, resource.Kind);
        var update = new UpdateRequest(request.Info.Name, strategy, current => new(Apply(patch, current!, request))) { FromPresent = true };
        await RunAsync(request, resource, storage, update, Tracked(request));
    }

    private async ValueTask ApplyAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, UpdateStrategy strategy)
    {
        var apply = await ApplyPatch.ReadAsync(request, resource.Kind, resource.Versions);
        var context = WriteContexts.Of(request, time);
        var update = new UpdateRequest(request.Info.Name, strategy, current => new(Apply(apply, current, context, request, resource.Kind)))
        {
            FromPresent = true,
            Creates = strategy == resource.Strategy,
        };
        await RunAsync(request, resource, storage, update, context);
    }

    public async ValueTask DeleteAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        var options = await DeleteParameters.ReadAsync(request);
        var context = ContextOf(request, options);
        Spans.Event("About to delete object from database");
        var result = await writer.Deletion.RunAsync(resource, storage, context, request.Info.Name, options);
        Spans.Event("Object deleted from database");
        if (!result.Deleted || resource.Strategy.ReturnDeletedObject)
        {
            // Accepted is the answer to one old option only; clients of the others expect OK.
            var accepted = !result.Deleted && options.OrphanDependents == false;
            await ObjectAnswer.WriteAsync(request, resource, result.Object, accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
            return;
        }
        await ObjectAnswer.WriteAsync(request, Deleted(storage, result.Object.Object.Metadata));
    }

    public async ValueTask DeleteCollectionAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        var options = await DeleteParameters.ReadAsync(request);
        DeleteParameters.CheckCollection(options);
        var page = await ListVerb.RunAsync(request, resource, storage);
        var context = ContextOf(request, options);
        foreach (var item in page.Items)
        {
            var one = context with { Info = request.Info with { Namespace = item.Namespace, Name = item.Name } };
            try
            {
                await writer.Deletion.RunAsync(resource, storage, one, item.Name, options);
            }
            catch (StatusException gone) when (gone.IsNotFound)
            {
                // Somebody else deleted it: that is what was asked for.
            }
        }
        await ListAnswer.WriteAsync(request, resource, page);
    }

    private async ValueTask RunAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, UpdateRequest update, WriteContext context)
    {
        AnswerFormat.Of(request.Http.Request);
        var result = await writer.Update.RunAsync(resource, storage, context, update);
        Spans.Event(update.FromPresent ? "Object stored in database" : Written);
        await ObjectAnswer.WriteAsync(
            request, resource, result.Object, result.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static IObject Apply(ObjectPatch patch, IObject current, ApiRequest request)
    {
        Spans.Event(Applying);
        return Checked(patch.Apply(current, request.Warn), request, patch.Kind);
    }

    private static IObject Apply(ServerSideApply apply, IObject? current, WriteContext context, ApiRequest request, KindInfo kind)
    {
        Spans.Event(Applying);
        return Checked(apply.Run(current, context.Now), request, kind);
    }

    private static IObject Checked(IObject obj, ApiRequest request, KindInfo kind)
    {
        Writing.CheckName(obj, request.Info.Name);
        Writing.CheckNamespace(obj, request.Info.Namespace, kind);
        return obj;
    }

    private WriteContext Tracked(ApiRequest request) => WriteContexts.Of(request, time) with { Owner = FieldOwners.Of(request) };

    private static async ValueTask<IObject> ObjectAsync(ApiRequest request, KindInfo kind)
    {
        if (request.Loopback?.Body is IObject given)
        {
            return (IObject)kind.Clone(given);
        }
        return (IObject)await BodyDecoder.ReadAsync(request, kind);
    }

    private WriteContext ContextOf(ApiRequest request, DeleteOptions options)
    {
        return WriteContexts.Of(request, time) with { DryRun = options.DryRun.OrEmpty().Count > 0 };
    }

    private static Status Deleted(ResourceStorage storage, ObjectMeta meta) => new()
    {
        StatusValue = "Success",
        Details = new StatusDetails
        {
            Name = meta.Name,
            Group = storage.Kind.Group.Length == 0 ? null : storage.Kind.Group,
            Kind = storage.Kind.Plural,
            Uid = meta.Uid,
        },
    };
}
