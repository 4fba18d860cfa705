using System.Globalization;

namespace Sampan.ApiServer.Audit;

/// <summary>
/// Appends events to a file, a line each. A full file is put aside under the time (audit-2026-01-31T10-00-00.000.log), and old ones go.
/// </summary>
internal sealed class AuditLog(AuditOptions options, TimeProvider time) : IAuditSink
{
    private const long Megabyte = 1024 * 1024;
    private const string TimeFormat = "yyyy-MM-dd'T'HH-mm-ss.fff";

    private readonly Lock _lock = new();
    private Stream? _stream;
    private long _length;

    private string Path => options.LogPath!;

    public void Write(ReadOnlySpan<byte> json)
    {
        lock (_lock)
        {
            if (_stream is not null && options.MaxMegabytes > 0 && _length + json.Length >= options.MaxMegabytes * Megabyte)
            {
                Rotate();
            }
            _stream ??= Open();
            _stream.Write(json);
            _stream.WriteByte((byte)'\n');
            _stream.Flush();
            _length += json.Length + 1;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stream?.Dispose();
            _stream = null;
        }
    }

    private Stream Open()
    {
        if (Path == "-")
        {
            return new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        }
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        var stream = new FileStream(
            Path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        _length = stream.Length;
        return stream;
    }

    private void Rotate()
    {
        if (Path == "-")
        {
            return;
        }
        _stream!.Dispose();
        _stream = null;
        var stamp = time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        File.Move(Path, System.IO.Path.Combine(Folder, $"{Stem}-{stamp}{Extension}"), overwrite: true);
        RemoveOld();
    }

    private string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    private string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);

    private string Extension => System.IO.Path.GetExtension(Path);

    private void RemoveOld()
    {
        // The names sort by time.
        var backups = Directory.GetFiles(Folder, $"{Stem}-*{Extension}").OrderDescending(StringComparer.Ordinal).ToList();
        var oldest = $"{Stem}-{time.GetUtcNow().AddDays(-options.MaxDays).ToString(TimeFormat, CultureInfo.InvariantCulture)}";
        for (var i = 0; i < backups.Count; i++)
        {
            var isTooMany = options.MaxBackups > 0 && i >= options.MaxBackups;
            var isTooOld = options.MaxDays > 0 && string.CompareOrdinal(System.IO.Path.GetFileNameWithoutExtension(backups[i]), oldest) < 0;
            if (isTooMany || isTooOld)
            {
                File.Delete(backups[i]);
            }
        }
    }
}
