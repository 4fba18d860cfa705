using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.Benchmarks;

/// <summary>One pod of a common size through the codecs. The allocation budgets are checked by the tests of Sampan.Api.</summary>
[MemoryDiagnoser]
public class PodCodecBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly ProtoWriter _proto = new();
    private byte[] _jsonBytes = [];
    private byte[] _protoBytes = [];
    private Pod _pod = new();
    private Utf8JsonWriter _writer = null!;

    [GlobalSetup]
    public void Setup()
    {
        _jsonBytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "testdata", "pod.json"));
        _pod = JsonCodec.Decode<Pod>(_jsonBytes);
        _jsonBytes = JsonCodec.Encode(_pod);
        _protoBytes = ProtoCodec.Encode(_pod);
        _writer = new Utf8JsonWriter(_output, JsonCodec.WriterOptions);
    }

    [Benchmark]
    public Pod DecodeJson() => JsonCodec.Decode<Pod>(_jsonBytes);

    [Benchmark]
    public Pod DecodeProto() => ProtoCodec.Decode<Pod>(_protoBytes);

    [Benchmark]
    public int EncodeJson()
    {
        _output.ResetWrittenCount();
        _writer.Reset();
        _pod.WriteJson(_writer);
        _writer.Flush();
        return _output.WrittenCount;
    }

    [Benchmark]
    public int EncodeProto()
    {
        _proto.Clear();
        _pod.WriteProto(_proto);
        return _proto.WrittenSpan.Length;
    }

    [Benchmark]
    public Pod Clone() => _pod.DeepClone();

    [Benchmark]
    public bool Compare() => _pod.DeepEquals(_pod.DeepClone());
}
