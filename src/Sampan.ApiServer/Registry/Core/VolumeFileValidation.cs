using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the files that volumes make of keys and fields. Upstream: validateKeyToPath, validateDownwardAPIVolumeFile.</summary>
internal static class VolumeFileValidation
{
    private const int MaxMode = 0x1FF; // 0777

    private static readonly string[] Fields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    public static void Mode(int? mode, FieldPath path, FieldErrors errors)
    {
        if (mode is < 0 or > MaxMode)
        {
            errors.Invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    public static void Keys(List<KeyToPath>? items, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, item) in items.OrEmpty().Index())
        {
            Key(item, path.Index(index), errors);
        }
    }

    public static void Key(KeyToPath item, FieldPath path, FieldErrors errors)
    {
        VolumeSourceValidation.Require(item.Key, path.Child("key"), errors);
        VolumeSourceValidation.Require(item.Path, path.Child("path"), errors);
        PathValidation.LocalNonReserved(item.Path, path.Child("path"), errors);
        Mode(item.Mode, path.Child("mode"), errors);
    }

    public static void Files(List<DownwardAPIVolumeFile>? items, FieldPath path, FieldErrors errors)
    {
        foreach (var file in items.OrEmpty())
        {
            File(file, path, errors);
        }
    }

    public static void File(DownwardAPIVolumeFile file, FieldPath path, FieldErrors errors)
    {
        VolumeSourceValidation.Require(file.Path, path.Child("path"), errors);
        PathValidation.LocalNonReserved(file.Path, path.Child("path"), errors);
        if (file.FieldRef is { } field)
        {
            DownwardValidation.Field(field, Fields, path.Child("fieldRef"), errors);
            if (file.ResourceFieldRef is not null)
            {
                errors.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        }
        else if (file.ResourceFieldRef is { } resource)
        {
            DownwardValidation.Resource(resource, false, path.Child("resourceFieldRef"), errors);
        }
        else
        {
            errors.Required(path, "one of fieldRef and resourceFieldRef is required");
        }
        Mode(file.Mode, path.Child("mode"), errors);
    }
}
