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
            ValidateSubPath(mount, at, errors);
            if (mount.MountPropagation is not null && !Propagations.Contains(mount.MountPropagation))
            {
                errors.NotSupported(at.Child("mountPropagation"), mount.MountPropagation, Propagations);
            }
            if (mount.MountPropagation == "Bidirectional" && container.SecurityContext?.Privileged != true)
            {
                errors.Forbidden(at.Child("mountPropagation"), "Bidirectional mount propagation is available only to privileged containers");
            }
        }
    }

    private static void ValidateName(string name, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else if (!volumes.ContainsKey(name))
        {
            errors.NotFound(path.Child("name"), name);
        }
    }

    private static void ValidateSubPath(VolumeMount mount, FieldPath path, FieldErrors errors)
    {
        if (mount.SubPath is { Length: > 0 } sub)
        {
            PathValidation.LocalDescending(sub, path.Child("subPath"), errors);
        }
        if (mount.SubPathExpr is not { Length: > 0 } expression)
        {
            return;
        }
        if (!string.IsNullOrEmpty(mount.SubPath))
        {
            errors.Invalid(path.Child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
        }
        PathValidation.LocalDescending(expression, path.Child("subPathExpr"), errors);
    }
}
