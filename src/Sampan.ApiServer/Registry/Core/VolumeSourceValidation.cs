using System.Diagnostics.CodeAnalysis;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of sources that pods' volumes and persistent volumes share.</summary>
internal static class VolumeSourceValidation
{
    private const int MaxDriverName = 63;

    private static readonly string[] HostPathTypes =
        ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

    public static void HostPath(HostPathVolumeSource host, FieldPath path, FieldErrors errors)
    {
        if (!Require(host.Path, path.Child("path"), errors))
        {
            return;
        }
        PathValidation.NoBacksteps(host.Path, path.Child("path"), errors);
        if (!HostPathTypes.Contains(host.Type ?? ""))
        {
            errors.NotSupported(path.Child("type"), host.Type, HostPathTypes);
        }
    }

    public static void Nfs(NFSVolumeSource nfs, FieldPath path, FieldErrors errors)
    {
        Require(nfs.Server, path.Child("server"), errors);
        Require(nfs.Path, path.Child("path"), errors);
        if (!nfs.Path.StartsWith('/'))
        {
            errors.Invalid(path.Child("path"), nfs.Path, "must be an absolute path");
        }
    }

    public static void Fc(FCVolumeSource fc, FieldPath path, FieldErrors errors)
    {
        var (names, ids) = (fc.TargetWWNs.OrEmpty().Count, fc.Wwids.OrEmpty().Count);
        if (names == 0 && ids == 0)
        {
            errors.Required(path.Child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        }
        if (names > 0 && ids > 0)
        {
            errors.Invalid(path.Child("targetWWNs"), fc.TargetWWNs, "targetWWNs and wwids can not be specified simultaneously");
        }
        if (names > 0 && fc.Lun is null)
        {
            errors.Required(path.Child("lun"), "lun is required if targetWWNs is specified");
        }
        else if (names > 0 && fc.Lun is < 0 or > 255)
        {
            errors.Invalid(path.Child("lun"), fc.Lun, "must be between 0 and 255, inclusive");
        }
    }

    /// <summary>The name of a storage driver: a DNS name in any case.</summary>
    public static void DriverName(string driver, FieldPath path, FieldErrors errors)
    {
        Require(driver, path, errors);
        if (driver.Length > MaxDriverName)
        {
            errors.TooLong(path, MaxDriverName);
        }
        errors.Invalid(path, driver, Names.IsDns1123Subdomain(driver.ToLowerInvariant()));
    }

    public static bool Require([NotNullWhen(true)] string? value, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(path);
            return false;
        }
        return true;
    }
}
