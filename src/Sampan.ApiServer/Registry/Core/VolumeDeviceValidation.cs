using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the raw block volumes that a container has. Upstream: ValidateVolumeDevices.</summary>
internal static class VolumeDeviceValidation
{
    public static void Validate(Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        var (names, places) = (new HashSet<string>(), new HashSet<string>());
        var mounted = container.VolumeMounts.OrEmpty().Select(mount => mount.Name).ToHashSet();
        var taken = container.VolumeMounts.OrEmpty().Select(mount => mount.MountPath).ToHashSet();
        foreach (var (index, device) in container.VolumeDevices.OrEmpty().Index())
        {
            var at = path.Index(index);
            Name(device, names, volumes, at.Child("name"), errors);
            Place(device.DevicePath, places, at.Child("devicePath"), errors);
            if (mounted.Contains(device.Name))
            {
                errors.Invalid(at.Child("name"), device.Name, "must not already exist in volumeMounts");
            }
            if (taken.Contains(device.DevicePath))
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
