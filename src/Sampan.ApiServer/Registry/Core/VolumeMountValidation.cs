using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what a container mounts.</summary>
internal static class VolumeMountValidation
{
    private static readonly string[] Propagations = ["Bidirectional", "HostToContainer", "None"];

    public static void Validate(Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        var places = new HashSet<string>();
        var devices = container.VolumeDevices.OrEmpty().Select(device => device.Name).ToHashSet();
        var paths = container.VolumeDevices.OrEmpty().Select(device => device.DevicePath).ToHashSet();
        foreach (var (index, mount) in container.VolumeMounts.OrEmpty().Index())
        {
            var at = path.Child("volumeMounts").Index(index);
            ValidateName(mount.Name, volumes, at, errors);
            if (mount.MountPath.Length == 0)
            {
                errors.Required(at.Child("mountPath"));
            }
            if (!places.Add(mount.MountPath))
            {
                errors.Invalid(at.Child("mountPath"), mount.MountPath, "must be unique");
            }
            Devices(mount, devices, paths, at, errors);
            ValidateSubPath(mount, at, path.Child("volumeMounts"), errors);
            Propagation(mount, container, path.Child("volumeMounts").Child("mountPropagation"), errors);
            RecursiveReadOnly(mount, path.Child("volumeMounts").Child("recursiveReadOnly"), errors);
        }
    }

    private static void Devices(VolumeMount mount, HashSet<string> devices, HashSet<string> paths, FieldPath path, FieldErrors errors)
    {
        if (devices.Contains(mount.Name))
        {
            errors.Invalid(path.Child("name"), mount.Name, "must not already exist in volumeDevices");
        }
        if (paths.Contains(mount.MountPath))
        {
            errors.Invalid(path.Child("mountPath"), mount.MountPath, "must not already exist as a path in volumeDevices");
        }
    }

    private static void Propagation(VolumeMount mount, Container container, FieldPath path, FieldErrors errors)
    {
        if (mount.MountPropagation is not null && !Propagations.Contains(mount.MountPropagation))
        {
            errors.NotSupported(path, mount.MountPropagation, Propagations);
        }
        if (mount.MountPropagation == "Bidirectional" && container.SecurityContext?.Privileged != true)
        {
            errors.Forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void RecursiveReadOnly(VolumeMount mount, FieldPath path, FieldErrors errors)
    {
        switch (mount.RecursiveReadOnly)
        {
            case null or "Disabled":
                break;
            case "Enabled" or "IfPossible":
                if (!mount.ReadOnly)
                {
                    errors.Forbidden(path, "may only be specified when readOnly is true");
                }
                if (mount.MountPropagation is not (null or "None"))
                {
                    errors.Forbidden(path, "may only be specified when mountPropagation is None or not specified");
                }
                break;
            default:
                errors.NotSupported(path, mount.RecursiveReadOnly, "Disabled", "Enabled", "IfPossible");
                break;
        }
    }

    private static void ValidateName(string name, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        if (!volumes.ContainsKey(name))
        {
            errors.NotFound(path.Child("name"), name);
        }
    }

    private static void ValidateSubPath(VolumeMount mount, FieldPath path, FieldPath all, FieldErrors errors)
    {
        if (mount.SubPath is { Length: > 0 } sub)
        {
            PathValidation.LocalDescending(sub, all.Child("subPath"), errors);
        }
        if (mount.SubPathExpr is not { Length: > 0 } expression)
        {
            return;
        }
        if (!string.IsNullOrEmpty(mount.SubPath))
        {
            errors.Invalid(path.Child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
        }
        PathValidation.LocalDescending(expression, all.Child("subPathExpr"), errors);
    }
}
