using System.Text;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>Checks of what classes hand to their drivers.</summary>
internal static class ClassParameterValidation
{
    private const int MaxCount = 512;
    private const int MaxBytes = 256 * 1024;

    public static void Driver(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            errors.Invalid(path, name.ToLowerInvariant(), Names.IsQualifiedName(name.ToLowerInvariant()));
        }
    }

    public static void Parameters(Dictionary<string, string>? parameters, bool mayBeEmpty, FieldErrors errors)
    {
        var path = FieldPath.Of("parameters");
        if (parameters.OrEmpty().Count > MaxCount)
        {
            errors.TooLong(path, MaxCount);
            return;
        }
        if (parameters.OrEmpty().ContainsKey(""))
        {
            errors.Invalid(path, "", "field can not be empty.");
        }
        if (parameters.OrEmpty().Sum(one => Encoding.UTF8.GetByteCount(one.Key) + Encoding.UTF8.GetByteCount(one.Value)) > MaxBytes)
        {
            errors.TooLong(path, MaxBytes);
        }
        if (!mayBeEmpty && parameters.OrEmpty().Count == 0)
        {
            errors.Required(path, "must contain at least one key/value pair");
        }
    }
}
