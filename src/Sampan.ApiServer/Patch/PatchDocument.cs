using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Patch;

/// <summary>Reads the body of a patch request.</summary>
internal static class PatchDocument
{
    /// <summary>The body as a tree; the context collects the names that appear twice.</summary>
    public static JsonNode? Read(ReadOnlySpan<byte> patch, JsonReadContext? context)
    {
        try
        {
            return JsonTree.Parse(patch, context);
        }
        catch (JsonFormatException e)
        {
            throw StatusException.BadRequest($"error decoding patch: {e.Message}");
        }
    }

    /// <summary>The body is JSON of another type than the patch needs, which is named as upstream names it.</summary>
    public static StatusException WrongType(JsonNode? found, string goType)
    {
        string name = found?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "bool",
            { } kind => kind.ToString().ToLowerInvariant(),
        };
        return StatusException.BadRequest($"json: cannot unmarshal {name} into Go value of type {goType}");
    }

    /// <summary>The patch reads well and cannot be applied to this object.</summary>
    public static StatusException DoesNotApply() => new(new Sampan.Api.Meta.V1.Status
    {
        StatusValue = "Failure",
        Code = 422,
        Reason = StatusReasons.Invalid,
        Message = "the server rejected our request due to an error in our request",
        Details = new(),
    });
}
