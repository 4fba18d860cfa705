using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sampan.Client;

namespace Sampan.Network.Host;

/// <summary>Changes kernel settings and remembers what they were, in a file, so that a later run can put them back.</summary>
internal sealed class KernelSettings(IHost host, string stateFile, ILogger log)
{
    public async Task SetAsync(string path, string value, CancellationToken cancellationToken)
    {
        string? before = await host.ReadSettingAsync(path, cancellationToken);
        if (before == value) return;
        if (before is null)
        {
            log.LogWarning("The kernel has no setting {Setting}; some traffic between pods may not pass.", path);
            return;
        }

        // Remembered first: a crash in between restores a value that is still in force, which harms nobody.
        var saved = Load();
        if (saved.TryAdd(path, before)) Save(saved);
        await host.WriteSettingAsync(path, value, cancellationToken);
    }

    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (var (path, value) in Load())
        {
            if (await host.ReadSettingAsync(path, cancellationToken) is not null)
                await host.WriteSettingAsync(path, value, cancellationToken);
        }

        if (File.Exists(stateFile)) File.Delete(stateFile);
    }

    private Dictionary<string, string> Load() => File.Exists(stateFile)
        ? JsonSerializer.Deserialize(File.ReadAllText(stateFile), NetworkJson.Default.Settings) ?? []
        : [];

    private void Save(Dictionary<string, string> saved) => WholeFile.Write(stateFile, JsonSerializer.Serialize(saved, NetworkJson.Default.Settings));
}
