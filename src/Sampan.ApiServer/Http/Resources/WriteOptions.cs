using System.Globalization;
using System.Text;
using Sampan.Api;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http.Negotiation;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Checks the options that a write has in its query; all that is wrong with them is told at once.</summary>
internal static class WriteOptions
{
    private static readonly string[] Validations = ["", "Ignore", "Strict", "Warn"];

    public static void Check(ApiRequest request)
    {
        if (KindOf(request.Info.Verb) is not { } kind)
        {
            return;
        }
        var errors = new FieldErrors();
        if (kind == "PatchOptions")
        {
            CheckPatch(request, errors);
        }
        CheckManager(request.Query.Text("fieldManager"), errors);
        CheckDryRun(DryRun(request), errors);
        CheckValidation(request.Query.Text("fieldValidation"), errors);
        if (errors.Any)
        {
            throw StatusException.Invalid(new GroupKind("meta.k8s.io", kind), "", errors);
        }
    }

    public static IReadOnlyList<string> DryRun(ApiRequest request) => [.. request.Query["dryRun"].OfType<string>().Where(value => value.Length > 0)];

    public static void CheckDryRun(IReadOnlyList<string> dryRun, FieldErrors errors)
    {
        if (dryRun.Any(value => value != "All"))
        {
            errors.NotSupported(FieldPath.Of("dryRun"), dryRun, "All");
        }
    }

    private static string? KindOf(string verb) => verb switch
    {
        "create" => "CreateOptions",
        "update" => "UpdateOptions",
        "patch" => "PatchOptions",
        _ => null,
    };

    private static void CheckPatch(ApiRequest request, FieldErrors errors)
    {
        var applies = MediaTypes.Essence(request.Http.Request.ContentType) == MediaTypes.ApplyPatch;
        if (applies && request.Query.Text("fieldManager").Length == 0)
        {
            errors.Required(FieldPath.Of("fieldManager"), "is required for apply patch");
        }
        else if (!applies && request.Query.Flag("force") is not null)
        {
            errors.Forbidden(FieldPath.Of("force"), "may not be specified for non-apply patch");
        }
    }

    private static void CheckManager(string manager, FieldErrors errors)
    {
        var path = FieldPath.Of("fieldManager");
        if (Encoding.UTF8.GetByteCount(manager) > FieldOwner.MaxLength)
        {
            errors.TooLong(path, FieldOwner.MaxLength);
        }
        var at = 0;
        foreach (var rune in manager.EnumerateRunes())
        {
            if (!GoText.IsPrintable(rune))
            {
                errors.Invalid(path, manager, string.Create(CultureInfo.InvariantCulture, $"invalid character U+{rune.Value:X4} (at position {at})"));
            }
            at += rune.Utf8SequenceLength;
        }
    }

    private static void CheckValidation(string validation, FieldErrors errors)
    {
        if (!Validations.Contains(validation))
        {
            errors.NotSupported(FieldPath.Of("fieldValidation"), validation, Validations);
        }
    }
}
