namespace Sampan.ApiServer.Tests.Fuzz;

/// <summary>A connection whose other side says what it was told to, then hangs up; what it is sent is dropped.</summary>
internal sealed class ScriptedStream(byte[] script) : MemoryStream(script, writable: false)
{
    public override bool CanWrite => true;

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
