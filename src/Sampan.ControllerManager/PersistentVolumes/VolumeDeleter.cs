using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>
/// Deletes what a released volume of the policy Delete holds, if that is for the controller manager to do: a directory of this very host
/// below /tmp, good for trying things out. What a provisioner made, the provisioner deletes. Upstream: pkg/volume/hostpath.
/// </summary>
/// <param name="remove">Removes a directory with all that is in it; null: from the host's file system.</param>
internal sealed class VolumeDeleter(Action<string>? remove = null)
{
    private const string Playground = "/tmp/";
    private const string MigratedTo = "pv.kubernetes.io/migrated-to";

    /// <summary>Whether all is gone, or what stands in the way; neither where somebody else deletes.</summary>
    public (bool IsGone, string? Failure) Delete(PersistentVolume volume)
    {
        var provisioner = volume.Metadata.Annotations?.GetValueOrDefault(BindingAnnotations.ProvisionedBy) ?? "";
        if (volume.Metadata.Has(MigratedTo) || (provisioner.Length > 0 && InTreePlugins.IsExternal(provisioner))) return (false, null);
        if (provisioner.Length > 0 && provisioner != InTreePlugins.HostPath) return (false, InTreePlugins.WhyNotProvisioned(provisioner));
        if (InTreePlugins.WhyNotDeleted(volume) is { } why) return (false, $"error getting deleter volume plugin for volume \"{volume.Metadata.Name}\": {why}");
        return volume.Spec.HostPath is { } directory ? Delete(directory.Path) : (false, null);
    }

    private (bool IsGone, string? Failure) Delete(string path)
    {
        if (!path.StartsWith(Playground, StringComparison.Ordinal) || path.Length == Playground.Length || path.Split('/').Contains(".."))
            return (false, $"host_path deleter only supports /tmp/.+ but received provided {path}");
        try
        {
            if (remove is not null) remove(path);
            else if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
            return (true, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (false, e.Message);
        }
    }
}
