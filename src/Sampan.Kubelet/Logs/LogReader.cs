using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Logs;

/// <summary>Reads a container's log file, through rotation, and follows it while the container runs.</summary>
internal sealed class LogReader(TimeProvider time)
{
    private const int FlushSize = 32 * 1024;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="path">The current log file.</param>
    /// <param name="options">What part of it.</param>
    /// <param name="isRunning">Whether the container may still write; asked only at the end of the file.</param>
    /// <param name="output">Receives the text.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task CopyAsync(string path, LogOptions options, Func<bool> isRunning, Stream output, CancellationToken cancellationToken)
    {
        var writer = new LogWriter(options);
        var file = Open(path);
        try
        {
            if (options.TailLines is { } lines)
            {
                file.Position = await LogTail.FindStartAsync(file, lines, cancellationToken);
            }

            while (true)
            {
                // Asked before reading: what was written before the container's end is then never missed.
                var mayGrow = options.Follow && isRunning();
                await CopyToEndAsync(file, writer, output, cancellationToken);
                if (writer.IsFull)
                {
                    return;
                }

                if (options.Follow && WasRotated(file, path))
                {
                    await CopyToEndAsync(file, writer, output, cancellationToken);
                    await file.DisposeAsync();
                    file = Open(path);
                }
                else if (!mayGrow)
                {
                    return;
                }
                else
                {
                    await Task.Delay(PollInterval, time, cancellationToken);
                }
            }
        }
        finally
        {
            await file.DisposeAsync();
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: false);

    /// <summary>Copies whole lines; an unfinished one stays in the file for the next round.</summary>
    private static async Task CopyToEndAsync(FileStream file, LogWriter writer, Stream output, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var held = 0;
        int read;
        while (!writer.IsFull && (read = await file.ReadAsync(buffer.AsMemory(held), cancellationToken)) > 0)
        {
            var consumed = AddLines(buffer.AsSpan(0, held + read), writer);
            held = held + read - consumed;
            buffer.AsSpan(consumed, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            if (read >= FlushSize)
            {
                await writer.FlushAsync(output, cancellationToken);
            }
        }

        file.Position -= held;
        await writer.FlushAsync(output, cancellationToken);
    }

    private static int AddLines(ReadOnlySpan<byte> data, LogWriter writer)
    {
        var consumed = 0;
        while (data[consumed..].IndexOf((byte)'\n') is var length and >= 0)
        {
            writer.Add(data.Slice(consumed, length));
            consumed += length + 1;
        }

        return consumed;
    }

    /// <summary>Rotation renames the file and starts another under the old name.</summary>
    private static bool WasRotated(FileStream file, string path) =>
        FileStatus.Of(path)?.Inode is { } current && current != FileStatus.Of($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}")?.Inode;
}
