using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>A patch as the client sent it, ready to be applied to whatever version is present.</summary>
internal sealed class ObjectPatch
{
    private readonly string _type;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly FieldValidation _validation;

    private ObjectPatch(KindInfo kind, string type, ReadOnlyMemory<byte> body, FieldValidation validation) =>
        (Kind, _type, _body, _validation) = (kind, type, body, validation);

    public KindInfo Kind { get; }

    public static async ValueTask<ObjectPatch> ReadAsync(ApiRequest request, KindInfo kind)
    {
        var type = MediaTypes.Essence(request.Http.Request.ContentType);
        if (!MediaTypes.AcceptedPatches.Contains(type) || type == MediaTypes.ApplyPatch)
        {
            throw StatusException.UnsupportedMediaType(MediaTypes.AcceptedPatches);
        }
        var body = await RequestBody.ReadAsync(request);
        return new ObjectPatch(kind, type, body, BodyDecoder.Validation(request));
    }

    /// <summary>The patched object; it shares nothing with the present one.</summary>
    public IObject Apply(IObject current, Action<string> warn)
    {
        var tree = JsonTree.ParseObject(ObjectForms.Encode(current));
        var context = new JsonReadContext(_validation);
        var patched = Patched(tree, context);
        var json = JsonTree.Encode(patched);
        if (!IsStrategic && BodyType.Complaint(BodyType.Of(TextOf(patched, "apiVersion"), TextOf(patched, "kind"), Kind), Kind) is { } wrong)
        {
            throw Unusable(json, wrong);
        }
        try
        {
            var obj = Kind.DecodeJson(json, context);
            Report(context, json, warn);
            return obj;
        }
        catch (FormatException complaint)
        {
            throw Unusable(json, IsStrategic ? MapRestore.Complaint(complaint) : complaint.Message);
        }
    }

    /// <summary>The context learns of the names that appear twice in the patch itself.</summary>
    private JsonNode Patched(JsonObject current, JsonReadContext context)
    {
        switch (_type)
        {
            case MediaTypes.JsonPatch:
                return JsonPatch.Apply(current, _body.Span, context);
            case MediaTypes.MergePatch:
                JsonMergePatch.Apply(current, _body.Span, context);
                return current;
            default:
                return StrategicMergePatch.Apply(current, _body.Span, new TypeStructure(Kind.Schema), context);
        }
    }

    private void Report(JsonReadContext context, byte[] json, Action<string> warn)
    {
        if (_validation == FieldValidation.Strict && context.StrictErrors.Count > 0)
        {
            throw Unusable(json, $"strict decoding error: {string.Join(", ", context.StrictErrors)}");
        }
        foreach (var error in context.StrictErrors)
        {
            warn(error);
        }
    }

    private static string TextOf(JsonNode patched, string name) =>
        patched is JsonObject obj && obj[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private bool IsStrategic => _type is not (MediaTypes.JsonPatch or MediaTypes.MergePatch);

    /// <summary>A strategic patch is shown itself, of others what they made of the object.</summary>
    private StatusException Unusable(byte[] json, string complaint)
    {
        var errors = new FieldErrors();
        var shown = IsStrategic ? GoText.Print(PatchDocument.Read(_body.Span, null)) : Encoding.UTF8.GetString(json);
        errors.Invalid(FieldPath.Of("patch"), shown, complaint);
        return StatusException.Invalid(new GroupKind("", ""), "", errors);
    }
}
