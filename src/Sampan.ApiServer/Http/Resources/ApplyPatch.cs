using System.Text;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Patch;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Reads the body and parameters of a server-side apply.</summary>
internal static class ApplyPatch
{
    private const string Converting = "error converting YAML to JSON: ";

    public static async ValueTask<ServerSideApply> ReadAsync(ApiRequest request, KindInfo kind, ObjectVersions? versions = null)
    {
        var owner = FieldOwners.OfApply(request);
        var body = await RequestBody.ReadAsync(request);
        var config = Parse(body, BodyDecoder.Validation(request), request.Warn);
        using var document = JsonDocument.Parse(config, JsonTexts.DocumentOptions);
        Check(document.RootElement, kind);
        return new ServerSideApply(kind, config, owner, request.Query.Flag("force") == true, versions);
    }

    private static byte[] Parse(ReadOnlyMemory<byte> body, FieldValidation validation, Action<string> warn)
    {
        var context = new JsonReadContext(validation);
        byte[] json;
        try
        {
            json = YamlTree.ToJson(body.Span, context);
        }
        catch (FormatException complaint)
        {
            throw StatusException.BadRequest($"error decoding YAML: {complaint.Message}");
        }
        if (validation == FieldValidation.Strict && context.StrictErrors.Count > 0)
        {
            throw StatusException.BadRequest($"error strict decoding YAML: {Converting}{string.Join(", ", context.StrictErrors)}");
        }
        foreach (var error in context.StrictErrors)
        {
            warn(Converting + error);
        }
        return json;
    }

    private static void Check(JsonElement config, KindInfo kind)
    {
        if (config.ValueKind != JsonValueKind.Object)
        {
            throw StatusException.BadRequest("error decoding YAML: the configuration is no object");
        }
        var version = TextOf(config, "apiVersion");
        if (version != kind.ApiVersion)
        {
            throw StatusException.BadRequest($"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {kind.ApiVersion}");
        }
        if (TextOf(config, "kind") is var name && name != kind.Kind)
        {
            throw StatusException.BadRequest(
                $"{name} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: the configuration is of another kind");
        }
        if (!config.Get("metadata").Get("managedFields").IsNothing())
        {
            throw StatusException.BadRequest("metadata.managedFields must be nil");
        }
        CheckFields(config, kind);
    }

    /// <summary>The configuration has to fit the kind's schema, however lenient the client asks the server to be.</summary>
    private static void CheckFields(JsonElement config, KindInfo kind)
    {
        var errors = ConfigCheck.Errors(config, new TypeStructure(kind.Schema));
        if (errors.Count == 0)
        {
            try
            {
                kind.DecodeJson(Encoding.UTF8.GetBytes(config.GetRawText()));
                return;
            }
            catch (FormatException complaint)
            {
                errors = [complaint.Message];
            }
        }
        var meta = config.Get("metadata");
        var text = errors.Count == 1 ? errors[0] : "errors:\n" + string.Join('\n', errors.Select(error => "  " + error));
        throw ApplyFailure.Of(
            $"failed to create typed patch object ({TextOf(meta, "namespace")}/{TextOf(meta, "name")}; {kind.ApiVersion}, Kind={kind.Kind}): {text}");
    }

    private static string TextOf(JsonElement value, string name) => value.Get(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
}
