using System.Diagnostics;

namespace Sampan.Proxy.Nftables;

/// <summary>nftables through the program <c>nft</c>, for hosts without the library.</summary>
internal sealed class NftProcess : INftables
{
    public Task ApplyAsync(string commands, CancellationToken cancellationToken) => RunAsync(commands, cancellationToken);

    public Task<string> ListAsync(string command, CancellationToken cancellationToken) => RunAsync(command, cancellationToken);

    public void Dispose()
    {
    }

    private static async Task<string> RunAsync(string commands, CancellationToken cancellationToken)
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.StandardInput.WriteAsync(commands.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0
            ? await output
            : throw new NftablesException($"nftables refused the change: {(await error).Trim()}");
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("nft", ["-f", "-"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new NftablesException("The program nft is missing: install the package nftables.", e);
        }
    }
}
