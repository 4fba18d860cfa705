namespace Sampan.Kubelet.Logs;

/// <summary>Finds where the last lines of a file begin, reading it from its end.</summary>
internal static class LogTail
{
    private const int BlockSize = 16 * 1024;

    /// <returns>The offset of the first of the last <paramref name="lines"/> lines.</returns>
    public static async Task<long> FindStartAsync(Stream file, long lines, CancellationToken cancellationToken)
    {
        if (lines == 0)
        {
            return file.Length;
        }

        var block = new byte[BlockSize];
        var seen = 0L;
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - BlockSize);
            file.Position = start;
            var length = (int)(end - start);
            await file.ReadExactlyAsync(block.AsMemory(0, length), cancellationToken);
            for (var i = length - 1; i >= 0; i--)
            {
                // The break that ends the last line does not begin another one.
                if (block[i] == '\n' && start + i != file.Length - 1 && ++seen == lines)
                {
                    return start + i + 1;
                }
            }

            end = start;
        }

        return 0;
    }
}
