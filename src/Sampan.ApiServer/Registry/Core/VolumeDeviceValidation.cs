using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the raw block volumes that a container has. Upstream: ValidateVolumeDevices.</summary>
internal static class VolumeDeviceValidation
{
    public static void Validate(Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        var (names, places) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (index, device) in container.VolumeDevices.OrEmpty().Index())
        {
            var at = path.Index(index);
            Name(device, names, volumes, at.Child("name"), errors);
            Place(device.DevicePath, places, at.Child("devicePath"), errors);
            foreach (var mount in container.VolumeMounts.OrEmpty().Where(mount => mount.Name == device.Name).Take(1))
            {
                errors.Invalid(at.Child("name"), mount.Name, "must not already exist in volumeMounts");
            }
            if (container.VolumeMounts.OrEmpty().Any(mount => mount.MountPath == device.DevicePath))
            {
                errors.Invalid(at.Child("devicePath"), device.DevicePath, "must not already exist as a path in volumeMounts");
            }
        }
    }

    private static void Name(
        VolumeDevice device, HashSet<string> names, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        if (device.Name.Length == 0)
        {
            errors.Required(path);
        }
        else if (!names.Add(device.Name))
        {
            errors.Invalid(path, device.Name, "must be unique");
        }
        if (!volumes.TryGetValue(device.Name, out var volume))
        {
            errors.NotFound(path, device.Name);
        }
        else if (volume.PersistentVolumeClaim is null && volume.Ephemeral is null)
        {
            errors.Invalid(path, device.Name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        }
    }

    private static void Place(string place, HashSet<string> places, FieldPath path, FieldErrors errors)
    {
        if (place.Length == 0)
        {
            errors.Required(path);
        }
        if (places.Contains(place))
        {
            errors.Invalid(path, place, "must be unique");
        }
        if (place.Split('/').Contains(".."))
        {
            errors.Invalid(path, place, "can not contain backsteps ('..')");
        }
        else
        {
            places.Add(place);
        }
    }
}
