using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Config maps: keys that can be file names, at most 1 MiB, and immutable once they say so.</summary>
internal sealed class ConfigMapStrategy : Strategy<ConfigMap>
{
    private const int MaxBytes = 1024 * 1024;

    protected override void Validate(WriteContext context, ConfigMap map, FieldErrors errors)
    {
        long size = 0;
        foreach (var (key, value) in map.Data.OrEmpty())
        {
            errors.Invalid(FieldPath.Of("data").Key(key), key, Names.IsConfigMapKey(key));
            if (map.BinaryData.OrEmpty().ContainsKey(key))
            {
                errors.Invalid(FieldPath.Of("data").Key(key), key, "duplicate of key present in binaryData");
            }
            size += Encoding.UTF8.GetByteCount(value);
        }
        foreach (var (key, value) in map.BinaryData.OrEmpty())
        {
            errors.Invalid(FieldPath.Of("binaryData").Key(key), key, Names.IsConfigMapKey(key));
            size += value.Length;
        }
        if (size > MaxBytes)
        {
            errors.TooLong(FieldPath.Of(""), MaxBytes);
        }
    }

    protected override void ValidateUpdate(WriteContext context, ConfigMap map, ConfigMap old, FieldErrors errors)
    {
        if (old.Immutable == true)
        {
            const string Detail = "field is immutable when `immutable` is set";
            if (map.Immutable != true)
            {
                errors.Forbidden(FieldPath.Of("immutable"), Detail);
            }
            if (!SameTexts(map.Data, old.Data))
            {
                errors.Forbidden(FieldPath.Of("data"), Detail);
            }
            if (!ImmutableData.SameBytes(map.BinaryData, old.BinaryData))
            {
                errors.Forbidden(FieldPath.Of("binaryData"), Detail);
            }
        }
        Validate(context, map, errors);
    }

    private static bool SameTexts(Dictionary<string, string>? a, Dictionary<string, string>? b) =>
        a.OrEmpty().Count == b.OrEmpty().Count
        && a.OrEmpty().All(entry => b.OrEmpty().TryGetValue(entry.Key, out var other) && other == entry.Value);
}
