using System.Text.Json;
using Sampan.Client;

namespace Sampan.Kubelet.Claims;

/// <summary>Prepared claims, kept across restarts of the kubelet: a driver has to be asked to give back what it made ready.</summary>
internal sealed class ClaimCheckpoint(string path)
{
    public IReadOnlyList<PreparedClaim> Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), KubeletJson.Default.PreparedClaims) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public void Write(IEnumerable<PreparedClaim> claims) => WholeFile.Write(path, JsonSerializer.Serialize([.. claims], KubeletJson.Default.PreparedClaims));
}
